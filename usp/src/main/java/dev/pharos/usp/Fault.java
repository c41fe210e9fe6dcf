// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// Why something failed, as USP says it everywhere: a code and a sentence for people.
public record Fault(ErrorCode errCode, String errMsg) {
    @Override
    public String toString() {
        return errCode.code() + " " + (errMsg.isEmpty() ? errCode.title() : errMsg);
    }
}
