// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// The numbered events of CWMP 1.4, up to Amendment 6 of TR-069, each at most once in an Inform.
public enum StandardEvent implements EventCode {
    /// First contact, after a factory reset, or since the ACS URL has changed: all that the ACS knew of the device is
    /// void.
    BOOTSTRAP("0 BOOTSTRAP"),
    BOOT("1 BOOT"),
    PERIODIC("2 PERIODIC"),
    /// Asked for by ScheduleInform.
    SCHEDULED("3 SCHEDULED"),
    VALUE_CHANGE("4 VALUE CHANGE"),
    KICKED("5 KICKED"),
    CONNECTION_REQUEST("6 CONNECTION REQUEST"),
    TRANSFER_COMPLETE("7 TRANSFER COMPLETE"),
    DIAGNOSTICS_COMPLETE("8 DIAGNOSTICS COMPLETE"),
    REQUEST_DOWNLOAD("9 REQUEST DOWNLOAD"),
    AUTONOMOUS_TRANSFER_COMPLETE("10 AUTONOMOUS TRANSFER COMPLETE"),
    DU_STATE_CHANGE_COMPLETE("11 DU STATE CHANGE COMPLETE"),
    AUTONOMOUS_DU_STATE_CHANGE_COMPLETE("12 AUTONOMOUS DU STATE CHANGE COMPLETE"),
    /// The device has stood by, and so could not be reached or has missed when it was to come (TR-069 Annex L).
    WAKEUP("13 WAKEUP"),
    /// The device lives: alone in its Inform, and never told again (TR-069 Annex O).
    HEARTBEAT("14 HEARTBEAT");

    private final String text;

    StandardEvent(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
