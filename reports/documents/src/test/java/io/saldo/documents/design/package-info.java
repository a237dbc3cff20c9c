/** What a design may say, and what comes of it on the page. */
package io.saldo.documents.design;
