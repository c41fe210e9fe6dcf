// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What `/etc/config/usp` and `Device.LocalAgent.` both say of a controller. The values of each are texts in one
/// order, as the file has them; those that hold one value have none or one.
public enum ControllerField {
    /// How it is reached, the best way first; one for each protocol.
    URL("url", "controller_url", ""),
    ENABLE("enable", "controller_enable", "1"),
    /// `full`, `full-secured`, `read-only`, `untrusted`, or the Names of Roles.
    ROLE("role", "role", "untrusted"),
    /// Seconds.
    PERIODIC_INTERVAL("periodic_interval", "periodic_interval", "86400"),
    PROVISIONING_CODE("provisioning_code", "provisioning_code", ""),
    /// Names of parameters that a Boot! tells.
    BOOT_PARAMETER("boot_parameter", "boot_parameter", ""),
    /// Where the agent listens at the broker, where that is not the usual place.
    RESPONSE_TOPIC("response_topic", "response_topic", ""),
    /// At the broker.
    USERNAME("username", "username", ""),
    PASSWORD("password", "password", "");

    private final String option;
    private final String firstOption;
    private final String usual;

    ControllerField(String option, String firstOption, String usual) {
        this.option = option;
        this.firstOption = firstOption;
        this.usual = usual;
    }

    /// The option that says it.
    ///
    /// @param first of the section `config usp`, in place of one `config controller`
    String option(boolean first) {
        return first ? firstOption : option;
    }

    static Optional<ControllerField> of(String option, boolean first) {
        return Arrays.stream(values())
                .filter(field -> field.option(first).equals(option))
                .findFirst();
    }

    /// Whether the section `config usp` has an option of this name that is about its controller.
    public static boolean isOption(String option) {
        return of(option, true).isPresent();
    }

    /// What counts where the file says nothing.
    List<String> usual() {
        return usual.isEmpty() ? List.of() : List.of(usual);
    }

    boolean isList() {
        return this == URL || this == ROLE || this == BOOT_PARAMETER;
    }

    /// Whether it is about a connection to a broker, so that controllers without one have none.
    boolean isOfBroker() {
        return this == RESPONSE_TOPIC || this == USERNAME || this == PASSWORD;
    }
}
