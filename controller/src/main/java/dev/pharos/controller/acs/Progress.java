// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.List;

/// What is told of an errand while it is done.
interface Progress {
    /// The device is about to be asked for what must not be done twice.
    ///
    /// @return false where it is not to be asked any more
    boolean begun();

    /// What is known of the device by it, in its own names.
    void learnt(List<ParameterValue> values, TwinValue.Source source);

    /// A row is not there any more, by its name in USP.
    void gone(String row);

    void ended(ErrandEnd end);

    /// The session ended before it was done.
    void interrupted();
}
