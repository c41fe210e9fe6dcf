// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.mtp.discovery.choice.GatewayFinder.Gateway;
import dev.pharos.mtp.discovery.dhcp.DeviceDescription;
import dev.pharos.mtp.discovery.dhcp.HostLeases;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayInfoElementTest {
    private static final Duration POLL = Duration.ofMillis(20);

    /// Option 125 of the Broadband Forum: OUI 0200F0, serial number G-1 and, in the first one, product class Gate.
    private static final String WHOLE = "00000de9130406303230304630050347" + "2d310604" + "47617465";

    private static final String NAMELESS = "00000de90d0406303230304630050347" + "2d31";

    @TempDir
    private Path folder = Path.of("");

    private static void awaitShown(InstantiatedDataModel model, String... values) {
        List<String> names =
                List.of("ManufacturerOUI", "SerialNumber", "ProductClass", "ManagementProtocol", "EndpointID");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(names)
                        .map(name -> model.snapshot()
                                .value("Device.GatewayInfo." + name)
                                .orElse("absent"))
                        .containsExactly(values));
    }

    private void lease(String option125, Duration holds) throws IOException {
        Path next = Files.writeString(
                folder.resolve("next"),
                "interface=eth0\nserverid=10.7.0.1\nlease=" + holds.toSeconds() + "\nopt125=" + option125 + "\n");
        Files.move(next, folder.resolve("eth0.env"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Requirement("R-DIS.2c")
    void the_gateway_of_a_lease_is_shown_until_the_lease_expires() throws Exception {
        ManualClock clock = new ManualClock(Instant.now());
        NameLookup nobody = new NameLookup(Optional.empty(), Optional.empty(), Set.of(IpStack.V4));
        HostLeases leases = new HostLeases(folder, List.of(folder.resolve("eth0.env")));
        GatewayWatch watch = new GatewayWatch(leases::scan, nobody, clock);
        try (InstantiatedDataModel model =
                InstantiatedDataModel.start(List.of(new GatewayInfoElement(watch, POLL)), ChangeJournal.none())) {
            awaitShown(model, "", "", "", "", "");
            lease(WHOLE, Duration.ofDays(3650));
            awaitShown(model, "0200F0", "G-1", "Gate", "CWMP", "");
            lease(NAMELESS, Duration.ofDays(3650));
            awaitShown(model, "0200F0", "G-1", "", "CWMP", "");
            clock.advance(Duration.ofDays(2 * 3650));
            awaitShown(model, "", "", "", "", "");
        }
    }

    @Test
    @Requirement("R-DIS.2c")
    void a_renewal_that_says_nothing_of_the_gateway_empties_it() throws Exception {
        HostLeases leases = new HostLeases(folder, List.of(folder.resolve("eth0.env")));
        GatewayWatch watch = new GatewayWatch(
                leases::scan,
                new NameLookup(Optional.empty(), Optional.empty(), Set.of(IpStack.V4)),
                new ManualClock(Instant.now()));
        try (InstantiatedDataModel model =
                InstantiatedDataModel.start(List.of(new GatewayInfoElement(watch, POLL)), ChangeJournal.none())) {
            lease(WHOLE, Duration.ofDays(3650));
            awaitShown(model, "0200F0", "G-1", "Gate", "CWMP", "");
            lease("00000de900", Duration.ofDays(3650));
            awaitShown(model, "", "", "", "", "");
        }
    }

    @Test
    @Requirement("R-DIS.2d")
    void a_gateway_that_turns_out_to_speak_usp_is_shown_with_its_endpoint_id() throws Exception {
        DeviceDescription description = new DeviceDescription("0200F0", "G-1", "Gate");
        AtomicReference<Optional<Gateway>> found = new AtomicReference<>(Optional.empty());
        try (InstantiatedDataModel model =
                InstantiatedDataModel.start(List.of(new GatewayInfoElement(found::get, POLL)), ChangeJournal.none())) {
            found.set(Optional.of(new Gateway(description, Optional.empty())));
            awaitShown(model, "0200F0", "G-1", "Gate", "CWMP", "");
            found.set(Optional.of(new Gateway(description, Optional.of(EndpointId.of("os::0200F0-G-1")))));
            awaitShown(model, "0200F0", "G-1", "Gate", "USP", "os::0200F0-G-1");
        }
    }
}
