// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// What the device supports, for each path that was asked for.
public record SchemaAnswer(List<RequestedObjectResult> requestedObjectResults) {

    public record RequestedObjectResult(
            String reqObjPath,
            long errCode,
            String errMsg,
            String dataModelInstUri,
            List<SupportedObject> supportedObjs) {}
}
