/** What the tests share: pages as text, and golden files. */
@NullMarked
package io.saldo.documents;

import org.jspecify.annotations.NullMarked;
