// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

/// A place for an image, as it is known.
///
/// @param available whether management lets it run
record Slot(String name, String version, Status status, boolean available, String bootFailureLog) {
    static final Slot EMPTY = new Slot("", "", Status.NO_IMAGE, false, "");

    /// How far its image is, by TR-181's words.
    enum Status {
        NO_IMAGE("NoImage"),
        ACTIVE("Active"),
        DOWNLOADING("Downloading"),
        VALIDATING("Validating"),
        AVAILABLE("Available"),
        DOWNLOAD_FAILED("DownloadFailed"),
        VALIDATION_FAILED("ValidationFailed"),
        INSTALLATION_FAILED("InstallationFailed"),
        ACTIVATION_FAILED("ActivationFailed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Status of(String text) {
            for (Status status : values()) {
                if (status.text.equals(text)) {
                    return status;
                }
            }
            return NO_IMAGE;
        }

        /// Whether a download was under way.
        boolean isOnItsWay() {
            return this == DOWNLOADING || this == VALIDATING;
        }
    }

    Slot with(Status now) {
        return new Slot(name, version, now, available, bootFailureLog);
    }

    Slot failed(String why) {
        return new Slot(name, version, Status.ACTIVATION_FAILED, available, why);
    }

    Slot letRun(boolean now) {
        return new Slot(name, version, status, now, bootFailureLog);
    }

    /// Whether nothing is known of an image that is not the one that runs.
    boolean isForgotten() {
        return status == Status.NO_IMAGE || status == Status.ACTIVE;
    }

    /// Whether the host may boot from it.
    boolean canRun() {
        return available && (status == Status.AVAILABLE || status == Status.ACTIVE);
    }
}
