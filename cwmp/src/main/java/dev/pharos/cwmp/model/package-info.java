// SPDX-License-Identifier: Apache-2.0
/// What a device whose data model is TR-181 answers to an ACS: the calls of TR-069 on the same data model that USP has.
@NullMarked
package dev.pharos.cwmp.model;

import org.jspecify.annotations.NullMarked;
