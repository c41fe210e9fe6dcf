// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Asks what is there.
///
/// @param parameterPath a parameter, or an object with a dot at its end; the empty one is the root
/// @param nextLevel only what is directly beneath it, else the object itself and all beneath
public record GetParameterNames(String parameterPath, boolean nextLevel)
        implements AcsRequest<GetParameterNamesResponse> {
    @Override
    public String method() {
        return "GetParameterNames";
    }

    @Override
    public Class<GetParameterNamesResponse> responseType() {
        return GetParameterNamesResponse.class;
    }
}
