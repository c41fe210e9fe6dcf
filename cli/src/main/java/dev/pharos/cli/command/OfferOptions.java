// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.dhcp.DhcpOffer;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the DHCP server of a network is to say of a controller.
final class OfferOptions {
    private static final int LARGEST = 65_535;
    private static final int LEAST_MULTIPLIER = 1_000;

    @Option(
            names = "--offer",
            paramLabel = "SERVER",
            description =
                    "Print what a network's DHCP server tells agents of a controller: dnsmasq, or hex for any other.")
    private @Nullable String server;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "With --offer: where the controller is, or a host name of which DNS-SD says the rest.")
    private @Nullable String url;

    @Option(names = "--controller-id", paramLabel = "ID", description = "With --offer: its Endpoint ID.")
    private @Nullable String id;

    @Option(names = "--provisioning-code", paramLabel = "CODE", description = "With --offer: up to 64 characters.")
    private @Nullable String code;

    @Option(
            names = "--retry-wait",
            paramLabel = "SECONDS",
            description = "With --offer: the shortest wait before a notification is repeated, 1 to 65535.")
    private @Nullable Integer wait;

    @Option(
            names = "--retry-multiplier",
            paramLabel = "THOUSANDTHS",
            description = "With --offer: by which that wait grows, 1000 to 65535.")
    private @Nullable Integer multiplier;

    /// What is to be printed; empty where it was not asked for.
    ///
    /// @throws WrongUsageException saying which option is wrong
    Optional<String> text() {
        if (server == null) {
            if (Stream.of(url, id, code, wait, multiplier).anyMatch(Objects::nonNull)) {
                throw new WrongUsageException("--url, --controller-id, --provisioning-code, --retry-wait and"
                        + " --retry-multiplier are for --offer");
            }
            return Optional.empty();
        }
        DhcpOffer offer = new DhcpOffer(lead());
        try {
            return Optional.of(
                    switch (server) {
                        case "dnsmasq" -> offer.dnsmasq();
                        case "hex" -> offer.hex();
                        default -> throw new WrongUsageException("--offer must be dnsmasq or hex: " + server);
                    });
        } catch (IllegalArgumentException tooLong) {
            throw new WrongUsageException("--offer: " + tooLong.getMessage());
        }
    }

    private ControllerLead lead() {
        if (url == null) {
            throw new WrongUsageException("--offer needs --url: where the controller is");
        }
        if (code != null
                && (code.isEmpty()
                        || code.length() > Limits.PROVISIONING_CODE_CHARACTERS
                        || code.chars().anyMatch(Character::isISOControl))) {
            throw new WrongUsageException("--provisioning-code must have 1 to " + Limits.PROVISIONING_CODE_CHARACTERS
                    + " characters, and none of control");
        }
        if (url.length() > Limits.ADDRESS_CHARACTERS) {
            throw new WrongUsageException("--url must have at most " + Limits.ADDRESS_CHARACTERS + " characters");
        }
        ControllerTerms terms = new ControllerTerms(
                Optional.ofNullable(code),
                Optional.ofNullable(within("--retry-wait", wait, 1)).map(Duration::ofSeconds),
                Optional.ofNullable(within("--retry-multiplier", multiplier, LEAST_MULTIPLIER)));
        try {
            return new ControllerLead(Optional.of(ControllerPlace.parse(url)), endpointId(), terms, List.of());
        } catch (MalformedInputException wrong) {
            throw new WrongUsageException("--url: " + wrong.detail());
        }
    }

    private Optional<EndpointId> endpointId() {
        try {
            return id == null ? Optional.empty() : Optional.of(EndpointId.parse(id));
        } catch (MalformedInputException wrong) {
            throw new WrongUsageException("--controller-id: " + wrong.detail());
        }
    }

    private static @Nullable Integer within(String option, @Nullable Integer number, int least) {
        if (number != null && (number < least || number > LARGEST)) {
            throw new WrongUsageException(option + " must be " + least + " to " + LARGEST + ": " + number);
        }
        return number;
    }
}
