// SPDX-License-Identifier: Apache-2.0
/// The plug-ins of prplOS, which have the data model themselves and offer it on ubus: what they have is passed through.
@NullMarked
package dev.pharos.device.prplos.ambiorix;

import org.jspecify.annotations.NullMarked;
