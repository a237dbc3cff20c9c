/** What the credit health report must hold. */
@NullMarked
package io.saldo.documents.health;

import org.jspecify.annotations.NullMarked;
