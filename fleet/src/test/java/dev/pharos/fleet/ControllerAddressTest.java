// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.mtp.coap.CoapClientMtp;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// How a controller's address is read.
class ControllerAddressTest {
    private static final EndpointId OWN = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");

    @Test
    void what_follows_unix_is_a_path_as_it_stands() {
        ControllerAddress address = ControllerAddress.parse("unix:/run/a b%20c/usp", Access.NONE);
        assertThat(address.transport(OWN, CONTROLLER))
                .isInstanceOf(UdsClientMtp.class)
                .extracting(mtp -> ((UdsClientMtp) mtp).description())
                .isEqualTo("unix:/run/a b%20c/usp");
        assertThat(address.isLoopback()).isTrue();
        assertThat(address.isEncrypted()).isFalse();
    }

    @Test
    void a_relative_socket_path_is_found_from_here() {
        assertThat(ControllerAddress.parse("unix:usp", Access.NONE)
                        .transport(OWN, CONTROLLER)
                        .description())
                .isEqualTo("unix:" + Path.of("usp").toAbsolutePath());
    }

    @Test
    void the_path_of_a_stomp_address_is_the_controllers_destination() {
        ControllerAddress plain = ControllerAddress.parse("stomp://127.0.0.1:61613", Access.NONE);
        assertThat(plain.transport(OWN, CONTROLLER)).isInstanceOf(StompMtp.class);
        assertThat(plain.description(OWN, CONTROLLER))
                .isEqualTo(new ControllerMtp.Stomp(
                        new ControllerMtp.Server("127.0.0.1", 61_613, false, ""),
                        "/topic/usp.controller.self::pharos"));
        assertThat(plain.isEncrypted()).isFalse();
        ControllerAddress queue = ControllerAddress.parse("stomps://127.0.0.1/queue/usp", Access.NONE);
        assertThat(queue.transport(OWN, CONTROLLER).description()).startsWith("stomps://127.0.0.1:61614");
        assertThat(queue.description(OWN, CONTROLLER))
                .isEqualTo(
                        new ControllerMtp.Stomp(new ControllerMtp.Server("127.0.0.1", 61_614, true, ""), "/queue/usp"));
        assertThat(queue.isEncrypted()).isTrue();
    }

    @Test
    void a_controller_over_coap_has_no_row_in_the_data_model_and_is_asked_to_onboard() {
        ControllerAddress address = ControllerAddress.parse("coap://127.0.0.1/usp", Access.NONE);
        assertThat(address.transport(OWN, CONTROLLER))
                .isInstanceOf(CoapClientMtp.class)
                .extracting(mtp -> ((CoapClientMtp) mtp).description())
                .isEqualTo("coap://127.0.0.1:5683/usp");
        assertThat(address.isLoopback()).isTrue();
        assertThat(address.isEncrypted()).isFalse();
        ManagingController controller = new ManagingController(CONTROLLER, address, ControllerRole.FULL);
        assertThat(controller.config(OWN).mtps()).isEmpty();
        assertThat(controller.config(OWN).onboarding()).isTrue();
        assertThat(ManagingController.beside(List.of(controller), OWN, UnaryOperator.identity()))
                .singleElement()
                .satisfies(binding -> assertThat(binding.controller()).isEqualTo(CONTROLLER));
    }

    @Test
    void coap_with_dtls_wants_a_certificate_of_our_own() {
        assertThatThrownBy(() -> ControllerAddress.parse("coaps://127.0.0.1/usp", Access.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a certificate of our own");
    }

    @Test
    void an_address_without_a_path_or_of_an_unknown_kind_is_refused_in_words() {
        assertThatThrownBy(() -> ControllerAddress.parse("unix:", Access.NONE)).hasMessageContaining("names no socket");
        assertThatThrownBy(() -> ControllerAddress.parse("ftp://host", Access.NONE))
                .hasMessageContaining("unix:");
    }
}
