// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.usp.Frozen;
import java.util.List;

/// All that answered one request.
///
/// @param data in the order in which it came; of one call there may be several
/// @param end its status
record UbusAnswer(List<UbusMessage> data, UbusMessage end) {
    UbusAnswer {
        data = Frozen.list(data);
    }
}
