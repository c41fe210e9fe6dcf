// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.EventStruct;
import java.util.List;

/// A method that the CPE has to call on the ACS, TransferComplete for instance, and the events that stand in its
/// Informs
/// until it was answered.
public record Report(CpeRequest<?> request, List<EventStruct> events) {
    public Report {
        events = List.copyOf(events);
    }
}
