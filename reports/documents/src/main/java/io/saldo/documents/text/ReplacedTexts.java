package io.saldo.documents.text;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Some texts in front of all others. */
final class ReplacedTexts extends ResourceBundle {
    private final Map<String, String> replaced;

    ReplacedTexts(ResourceBundle others, Map<String, String> replaced) {
        this.replaced = Map.copyOf(replaced);
        setParent(others);
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return replaced.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(parent.keySet());
    }
}
