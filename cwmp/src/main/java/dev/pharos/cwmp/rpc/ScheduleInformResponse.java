// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The device will open one.
public record ScheduleInformResponse() implements Response {
    @Override
    public String method() {
        return "ScheduleInform";
    }
}
