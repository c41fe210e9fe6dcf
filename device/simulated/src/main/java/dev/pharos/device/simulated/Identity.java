// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.util.Locale;

/// What tells one simulated gateway from all others, computed from its configuration.
record Identity(SimulatedGatewayConfig config, Dice dice) {
    private static final int ADDRESSES_PER_GATEWAY = 64;
    private static final long WAN = 1;
    private static final long MAC = 2;
    private static final long SECRET = 3;

    static Identity of(SimulatedGatewayConfig config) {
        return new Identity(config, new Dice(config.seed()));
    }

    /// The gateway's `index`-th hardware address, below 64.
    String mac(int index) {
        long low = (dice.bits(MAC) & 0xFFFFFF & -ADDRESSES_PER_GATEWAY) + index;
        String oui = config.manufacturerOui();
        return "%s:%s:%s:%02X:%02X:%02X"
                .formatted(
                        oui.substring(0, 2),
                        oui.substring(2, 4),
                        oui.substring(4, 6),
                        low >> 16 & 0xFF,
                        low >> 8 & 0xFF,
                        low & 0xFF);
    }

    /// A hardware address of a client: locally administered, so nobody's.
    String clientMac(int client) {
        long bits = dice.with(client).bits(MAC);
        return "06:%02X:%02X:%02X:%02X:%02X"
                .formatted(bits & 0xFF, bits >> 8 & 0xFF, bits >> 16 & 0xFF, bits >> 24 & 0xFF, client & 0xFF);
    }

    /// A hardware address for a row that came later.
    String rowMac(int kind, long number) {
        long bits = dice.with(kind).bits(MAC);
        return "02:%02X:%02X:%02X:%02X:%02X"
                .formatted(bits & 0xFF, bits >> 8 & 0xFF, kind, number >> 8 & 0xFF, number & 0xFF);
    }

    /// The value of a placeholder of the factory content.
    String placeholder(String name, String bornAt) {
        if (name.startsWith("mac+")) {
            return mac(Integer.parseInt(name.substring("mac+".length())));
        }
        return switch (name) {
            case "manufacturer" -> config.manufacturer();
            case "oui" -> config.manufacturerOui();
            case "model" -> config.modelName();
            case "productClass" -> config.productClass();
            case "serial" -> config.serialNumber();
            case "version" -> config.softwareVersion();
            case "born" -> bornAt;
            case "tail" -> "%04X".formatted(dice.bits(MAC) & 0xFFFF);
            case "wan" -> "100.64.%d.%d".formatted(dice.roll(WAN, 256), 2 + dice.roll(WAN + 10, 250));
            case "hex" -> Integer.toHexString(1 + dice.roll(WAN + 20, 0xFFFE));
            case "machex" -> mac(1).replace(":", "");
            case "passphrase" -> "%016x".formatted(dice.bits(SECRET)).toLowerCase(Locale.ROOT);
            default -> throw new IllegalStateException("factory content has an unknown placeholder: " + name);
        };
    }
}
