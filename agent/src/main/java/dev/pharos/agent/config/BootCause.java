// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// Why the device started, as Boot! says it.
public enum BootCause {
    LOCAL_REBOOT("LocalReboot"),
    REMOTE_REBOOT("RemoteReboot"),
    FACTORY_RESET("FactoryReset"),
    LOCAL_FACTORY_RESET("LocalFactoryReset"),
    REMOTE_FACTORY_RESET("RemoteFactoryReset");

    private final String text;

    BootCause(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// Whether the device is as it left the factory.
    public boolean isFactoryReset() {
        return switch (this) {
            case LOCAL_REBOOT, REMOTE_REBOOT -> false;
            case FACTORY_RESET, LOCAL_FACTORY_RESET, REMOTE_FACTORY_RESET -> true;
        };
    }

    /// The cause of this text, or the given one where it is unknown.
    public static BootCause of(String text, BootCause otherwise) {
        for (BootCause cause : values()) {
            if (cause.text.equals(text)) {
                return cause;
            }
        }
        return otherwise;
    }
}
