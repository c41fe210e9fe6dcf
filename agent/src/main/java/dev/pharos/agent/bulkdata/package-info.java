// SPDX-License-Identifier: Apache-2.0
/// `Device.BulkData.`: reports of parameters that the device makes and sends by itself.
@NullMarked
package dev.pharos.agent.bulkdata;

import org.jspecify.annotations.NullMarked;
