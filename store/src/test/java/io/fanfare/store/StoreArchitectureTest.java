package io.fanfare.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fanfare.engine.identity.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

@AnalyzeClasses(packages = "io.fanfare.store", importOptions = DoNotIncludeTests.class)
class StoreArchitectureTest {

    /** PendingPlay → DecidedPlay → Game → TenantId. */
    private static final int LONGEST_WAY_TO_A_TENANT = 3;

    @ArchTest
    static final ArchRule every_public_method_of_a_store_knows_its_tenant = methods()
            .that()
            .arePublic()
            .and()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat(areStores())
            .should(takeATenant());

    @ArchTest
    static final ArchRule features_do_not_depend_on_one_another_in_circles =
            slices().matching("io.fanfare.store.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_is_shared_knows_no_feature = noClasses()
            .that()
            .resideInAPackage("io.fanfare.store")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fanfare.store.*..");

    @ArchTest
    static final ArchRule the_time_comes_from_a_clock_that_is_passed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule the_store_knows_no_edge_and_no_service = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fanfare.edge..",
                    "io.fanfare.play..",
                    "io.fanfare.streams..",
                    "io.fanfare.worker..",
                    "org.springframework.boot..",
                    "org.springframework.web..");

    private static DescribedPredicate<JavaClass> areStores() {
        return DescribedPredicate.describe(
                "are stores",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.isRecord()
                        && !type.isEnum()
                        && !type.isInterface()
                        && !type.isAnnotatedWith(AcrossTenants.class)
                        && !type.isAssignableTo(Throwable.class));
    }

    private static ArchCondition<JavaMethod> takeATenant() {
        return new ArchCondition<>("take a tenant, or something of one") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean takes = method.getParameterTypes().stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .anyMatch(type -> carriesTenant(type, LONGEST_WAY_TO_A_TENANT));
                events.add(new SimpleConditionEvent(method, takes, method.getFullName()));
            }
        };
    }

    private static boolean carriesTenant(JavaClass type, int steps) {
        if (type.isEquivalentTo(TenantId.class)) {
            return true;
        }
        return steps > 0
                && type.isRecord()
                && Set.copyOf(type.getFields()).stream()
                        .anyMatch(component -> carriesTenant(component.getRawType(), steps - 1));
    }
}
