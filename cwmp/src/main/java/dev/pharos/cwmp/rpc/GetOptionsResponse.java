// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// They are these.
public record GetOptionsResponse(List<OptionState> optionList) implements Response {
    public GetOptionsResponse {
        optionList = List.copyOf(optionList);
    }

    @Override
    public String method() {
        return "GetOptions";
    }
}
