package io.saldo.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All tests of the class run twice: each {@link SmallHome} has its books in H2, then in PostgreSQL. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(OnEveryDatabase.Databases.class)
public @interface OnEveryDatabase {
    /** Where the books of homes lie. */
    enum Database {
        /** In the home. */
        H2,
        /** In a database of their own on the test's server. */
        POSTGRESQL;

        private static Database inUse = Boolean.getBoolean("saldo.postgresql") ? POSTGRESQL : H2;

        static Database inUse() {
            return inUse;
        }
    }

    /** Gives both databases to the class, one after the other. */
    final class Databases implements ClassTemplateInvocationContextProvider {
        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(Database.values()).map(Invocation::new);
        }
    }

    /** One of them. */
    record Invocation(Database database) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return database.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            Database before = Database.inUse;
            return List.of((BeforeAllCallback) context -> Database.inUse = database, (AfterAllCallback)
                    context -> Database.inUse = before);
        }
    }
}
