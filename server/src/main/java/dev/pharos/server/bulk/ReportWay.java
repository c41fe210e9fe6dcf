// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import java.util.Locale;

/// How a report comes here.
public enum ReportWay {
    HTTP("taken"),
    /// As a `Push!` event over the device's session.
    EVENT("pushed"),
    MQTT("published");

    private final String outcome;

    ReportWay(String outcome) {
        this.outcome = outcome;
    }

    /// As which one that is taken is counted.
    String outcome() {
        return outcome;
    }

    /// As which one that is refused is counted.
    String refused(int status) {
        return switch (this) {
            case HTTP -> "refused." + status;
            case EVENT -> "refused.push";
            case MQTT -> "refused.mqtt";
        };
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
