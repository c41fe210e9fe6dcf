// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of the house, each one sentence.
class ArchitectureTest {
    private static JavaClasses code = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read_the_whole_project() {
        code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.pharos");
    }

    private static void holds(ArchRule rule) {
        rule.check(code);
    }

    @Test
    void the_whole_project_is_looked_at() {
        for (String module : new String[] {
            "usp",
            "datamodel",
            "mtp",
            "mtp.uds",
            "mtp.coap",
            "mtp.discovery",
            "mtp.stomp",
            "agent",
            "controller",
            "server",
            "cli",
            "fleet",
            "device.linux",
            "device.lwm2m",
            "device.modules",
            "device.prplos",
            "device.proxied",
            "device.simulated",
            "cwmp",
            "xmpp"
        }) {
            holds(ArchRuleDefinition.classes()
                    .that()
                    .resideInAPackage("dev.pharos." + module + "..")
                    .should()
                    .bePublic()
                    .orShould()
                    .notBePublic());
        }
    }

    @Test
    void transports_never_see_messages_or_the_data_model() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.mtp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pharos.usp.message..",
                        "dev.pharos.usp.record..",
                        "dev.pharos.usp.codec..",
                        "dev.pharos.datamodel.."));
    }

    @Test
    void transports_never_see_each_other() {
        holds(slices().matching("dev.pharos.mtp.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(anything(), inPackage("dev.pharos.mtp.tls")));
    }

    @Test
    void connections_to_xmpp_servers_know_no_other_transport_and_no_data_model() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.xmpp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.mtp.*..", "dev.pharos.datamodel..", "dev.pharos.cwmp.."));
    }

    @Test
    void the_tls_of_transports_knows_no_transport() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.mtp.tls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.mtp", "dev.pharos.mtp.websocket..", "dev.pharos.mtp.mqtt.."));
    }

    @Test
    void agent_and_controller_never_see_each_other_or_a_concrete_transport() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.controller..", "dev.pharos.mtp.*.."));
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.controller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.agent..", "dev.pharos.mtp.*.."));
    }

    @Test
    void a_device_knows_the_data_model_and_no_protocol() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.device..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pharos.usp.message..",
                        "dev.pharos.usp.record..",
                        "dev.pharos.usp.codec..",
                        "dev.pharos.mtp..",
                        "dev.pharos.agent..",
                        "dev.pharos.controller..",
                        "dev.pharos.cwmp.."));
    }

    @Test
    void the_library_of_lwm2m_stays_inside_its_bridge_and_the_port_knows_no_bridge() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pharos.device.lwm2m..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.leshan.."));
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.device.proxied..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.device.lwm2m..", "org.eclipse.californium.."));
    }

    @Test
    void tr_069_knows_the_data_model_and_nothing_of_usp_but_its_words() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.cwmp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pharos.usp.message..",
                        "dev.pharos.usp.record..",
                        "dev.pharos.usp.codec..",
                        "dev.pharos.usp.session..",
                        "dev.pharos.usp.integrity..",
                        "dev.pharos.mtp..",
                        "dev.pharos.agent..",
                        "dev.pharos.device..",
                        "dev.pharos.controller..",
                        "dev.pharos.server..",
                        "dev.pharos.cli.."));
        holds(noClasses()
                .that()
                .resideInAnyPackage("dev.pharos.usp..", "dev.pharos.datamodel..", "dev.pharos.mtp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.cwmp.."));
    }

    @Test
    void messages_and_sessions_of_tr_069_need_no_sockets_files_or_threads() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pharos.cwmp", "dev.pharos.cwmp.rpc..", "dev.pharos.cwmp.soap..", "dev.pharos.cwmp.cpe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent.."));
        holds(noClasses()
                .that()
                .resideInAnyPackage("dev.pharos.cwmp.acs..", "dev.pharos.cwmp.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file.."));
    }

    @Test
    void only_the_codec_touches_generated_protobuf_classes() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pharos.usp.codec..")
                .and()
                .resideOutsideOfPackage("dev.pharos.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pharos.usp.codec.internal..", "com.google.protobuf.."));
    }

    @Test
    void only_programs_read_the_environment_or_system_properties() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.pharos.server..",
                        "dev.pharos.cli..",
                        "dev.pharos.fleet..",
                        "dev.pharos.bench..",
                        "dev.pharos.requirements..")
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class, String.class));
    }

    @Test
    void spring_stays_inside_the_server() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pharos.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.."));
    }

    @Test
    void usp_does_no_input_or_output_and_starts_no_threads() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.pharos.usp..")
                .and()
                .resideOutsideOfPackage("dev.pharos.usp.codec.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent.."));
    }

    @Test
    void there_are_no_package_cycles() {
        holds(slices().matching("dev.pharos.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        inPackage("dev.pharos.usp.codec.internal"), inPackage("dev.pharos.usp.codec.internal")));
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> anything() {
        return com.tngtech.archunit.base.DescribedPredicate.alwaysTrue();
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> inPackage(String name) {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                name, type -> type.getPackageName().equals(name));
    }

    @Test
    void no_class_has_a_dumping_ground_name() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pharos.usp.codec.internal..")
                .should()
                .haveNameMatching(
                        ".*\\.([A-Za-z]*(Util|Utils|Helper|Manager|Impl|Common)|Abstract[A-Z]\\w*|Base[A-Z]\\w*)"));
    }
}
