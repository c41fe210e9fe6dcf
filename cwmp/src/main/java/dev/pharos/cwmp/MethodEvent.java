// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// That something is done which the ACS once asked for, one in an Inform for each CommandKey.
public enum MethodEvent implements EventCode {
    REBOOT("M Reboot"),
    SCHEDULE_INFORM("M ScheduleInform"),
    DOWNLOAD("M Download"),
    SCHEDULE_DOWNLOAD("M ScheduleDownload"),
    UPLOAD("M Upload"),
    CHANGE_DU_STATE("M ChangeDUState");

    private final String text;

    MethodEvent(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
