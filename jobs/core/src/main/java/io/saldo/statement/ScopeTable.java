package io.saldo.statement;

import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.pricing.PriceBooks;
import io.saldo.usage.AccountEvents.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct (provider, model after alias) of products and debts, and which grant may pay for which. */
final class ScopeTable {
    /** What a grant's scope looks at. */
    record Scope(String provider, String model) {}

    private final Map<Scope, Integer> indexes = new HashMap<>();
    private final List<Scope> scopes = new ArrayList<>();
    private final PriceBooks books;
    private final boolean[][] fits;

    /** Of everything that grants may pay for: products, of whatever month, and debts. */
    ScopeTable(List<Product> products, List<Debt> debts, PriceBooks books, List<CreditPlan.Grant> grants) {
        this.books = books;
        ofProducts(products);
        debts.forEach(debt -> index(new Scope(debt.provider(), debt.model())));
        fits = new boolean[grants.size()][];
        for (int index = 0; index < fits.length; index++) {
            fits[index] = fits(grants.get(index).position());
        }
    }

    /** By product; each must be among those that the table was made of. */
    int[] ofProducts(List<Product> products) {
        return products.stream()
                .mapToInt(product ->
                        index(new Scope(product.provider(), books.model(product.provider(), product.model()))))
                .toArray();
    }

    int of(Debt debt) {
        return index(new Scope(debt.provider(), debt.model()));
    }

    Scope at(int index) {
        return scopes.get(index);
    }

    /** By grant and scope; an empty row for a grant without scope. */
    boolean[][] fits() {
        return fits;
    }

    private boolean[] fits(GrantPosition grant) {
        boolean scoped = !grant.scopeProvider().isEmpty() || !grant.scopeModel().isEmpty();
        boolean[] row = new boolean[scoped ? scopes.size() : 0];
        for (int index = 0; index < row.length; index++) {
            row[index] =
                    grant.fits(scopes.get(index).provider(), scopes.get(index).model());
        }
        return row;
    }

    private int index(Scope scope) {
        return indexes.computeIfAbsent(scope, absent -> {
            scopes.add(absent);
            return scopes.size() - 1;
        });
    }
}
