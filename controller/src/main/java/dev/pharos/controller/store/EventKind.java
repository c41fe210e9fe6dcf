// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// What sort of thing happened.
public enum EventKind {
    VALUE_CHANGE("ValueChange"),
    OBJECT_CREATION("ObjectCreation"),
    OBJECT_DELETION("ObjectDeletion"),
    OPERATION_COMPLETE("OperationComplete"),
    EVENT("Event"),
    ON_BOARD_REQUEST("OnBoardRequest"),
    ONLINE("online"),
    OFFLINE("offline"),
    REFUSED("refused"),
    ONBOARDED("onboarded"),
    /// What becomes of a job as a whole, of no device; or how far a device is with the firmware that a job brings it.
    JOB("job"),
    /// What becomes of a campaign, of no device.
    CAMPAIGN("campaign"),
    /// A device goes on, or back, on its way from TR-069 to USP.
    MIGRATION("migration"),
    /// What was done on a device because a profile wants it so.
    PROFILE("profile"),
    /// An alarm is raised, cleared, or looked after.
    ALARM("alarm"),
    WARNING("warning");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    /// As the REST interface shows it.
    public String text() {
        return text;
    }

    /// @throws IllegalArgumentException where no kind has this text
    public static EventKind of(String text) {
        for (EventKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of event: " + text);
    }
}
