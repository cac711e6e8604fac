package io.fanfare.standalone;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The package of a class has a {@code package-info} with {@link NullMarked}. */
final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {

    static final BeInANullMarkedPackage INSTANCE = new BeInANullMarkedPackage();

    private BeInANullMarkedPackage() {
        super("be in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
        }
    }
}
