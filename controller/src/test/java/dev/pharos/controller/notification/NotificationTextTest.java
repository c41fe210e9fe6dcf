// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NotificationTextTest {
    private static final String LINK = "https://usp.example.net/firmware-files/3/x.img?expires=1&token=Sig-nature_1";

    private static DeviceEvent event(Notification notification) {
        return NotificationText.event(
                Instant.EPOCH, EndpointId.of("proto::x"), new NotifyRequest("s", true, notification));
    }

    @Test
    void the_token_of_a_link_is_not_kept_with_the_event_that_tells_of_it() {
        DeviceEvent complete = event(new Notification.Event(
                "Device.LocalAgent.", "TransferComplete!", Map.of("TransferURL", LINK, "Affected", "Device.X.1")));
        assertThat(complete.args().get("TransferURL"))
                .startsWith("https://usp.example.net/")
                .doesNotContain("Sig-");
        assertThat(complete.args()).containsEntry("Affected", "Device.X.1");
        DeviceEvent done = event(new Notification.OperationComplete(
                "Device.X.", "Go()", "key", new Notification.OutputArgs(Map.of("Result", "see " + LINK))));
        assertThat(done.args().get("Result")).doesNotContain("Sig-");
        DeviceEvent failed = event(new Notification.OperationComplete(
                "Device.X.",
                "Go()",
                "key",
                new Notification.CommandFailure(new Fault(StandardErrorCode.COMMAND_FAILURE, "404 from " + LINK))));
        assertThat(failed.value() + failed.text()).contains("404 from").doesNotContain("Sig-");
    }
}
