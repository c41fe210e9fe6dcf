// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.time.Duration;
import java.util.regex.Pattern;

/// Which gateway to simulate, and how much it lives.
///
/// @param manufacturerOui six hexadecimal digits, upper case
/// @param seed decides addresses, names and everything that looks like chance: the same seed gives the same
///     gateway
/// @param pace the time between two happenings; zero for a gateway that stands still but for its counters
/// @param clients devices at home, 0 to 100
public record SimulatedGatewayConfig(
        String serialNumber,
        String manufacturerOui,
        String manufacturer,
        String modelName,
        String productClass,
        String softwareVersion,
        long seed,
        Duration pace,
        int clients) {
    private static final Pattern OUI = Pattern.compile("[0-9A-F]{6}");
    private static final int LONGEST_TEXT = 64;

    public SimulatedGatewayConfig {
        require(
                OUI.matcher(manufacturerOui).matches(),
                "manufacturerOui is not six hexadecimal digits: " + manufacturerOui);
        require(!serialNumber.isEmpty(), "serialNumber is empty");
        for (String text : new String[] {serialNumber, manufacturer, modelName, productClass, softwareVersion}) {
            require(text.length() <= LONGEST_TEXT, "longer than 64 characters: " + text);
        }
        require(clients >= 0 && clients <= Limits.CLIENTS, "clients is not 0 to " + Limits.CLIENTS + ": " + clients);
        require(
                pace.isZero() || pace.compareTo(Limits.FASTEST_PACE) >= 0,
                "pace is neither zero nor at least " + Limits.FASTEST_PACE + ": " + pace);
    }

    /// A gateway of this serial number as Pharos makes them: four clients, standing still.
    public static SimulatedGatewayConfig of(String serialNumber, long seed) {
        return new SimulatedGatewayConfig(
                serialNumber,
                "0200F0",
                "Pharos",
                "Simulated Gateway",
                "SimulatedGateway",
                "1.0.0",
                seed,
                Duration.ZERO,
                4);
    }

    public SimulatedGatewayConfig withPace(Duration newPace) {
        return new SimulatedGatewayConfig(
                serialNumber,
                manufacturerOui,
                manufacturer,
                modelName,
                productClass,
                softwareVersion,
                seed,
                newPace,
                clients);
    }

    public SimulatedGatewayConfig withClients(int number) {
        return new SimulatedGatewayConfig(
                serialNumber,
                manufacturerOui,
                manufacturer,
                modelName,
                productClass,
                softwareVersion,
                seed,
                pace,
                number);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
