// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;

/// Who sent a Record, by what the Record says. CoAP itself does not tell whom a request is from, and answers 4.00 to
/// what is no Record before anybody has handled it; so the program lends its eyes to this transport, which knows
/// nothing of Records. Must not wait.
public interface RecordReader {
    /// @throws MalformedInputException where the bytes are no Record
    EndpointId sender(Bytes record) throws MalformedInputException;
}
