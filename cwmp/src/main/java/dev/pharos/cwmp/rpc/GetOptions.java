// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Asks for options (deprecated).
///
/// @param optionName empty for all
public record GetOptions(String optionName) implements AcsRequest<GetOptionsResponse> {
    @Override
    public String method() {
        return "GetOptions";
    }

    @Override
    public Class<GetOptionsResponse> responseType() {
        return GetOptionsResponse.class;
    }
}
