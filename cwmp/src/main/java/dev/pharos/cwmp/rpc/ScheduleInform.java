// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.time.Duration;

/// Asks for a session later on.
///
/// @param delay in whole seconds, at least one
public record ScheduleInform(Duration delay, String commandKey) implements AcsRequest<ScheduleInformResponse> {
    @Override
    public String method() {
        return "ScheduleInform";
    }

    @Override
    public Class<ScheduleInformResponse> responseType() {
        return ScheduleInformResponse.class;
    }
}
