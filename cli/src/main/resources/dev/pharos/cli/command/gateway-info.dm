# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.GatewayInfo. readOnly
  desc "The gateway that this device is behind, as DHCP and multicast DNS tell; empty where they do not."
  param ManufacturerOUI readOnly string
  param ProductClass readOnly string len=..64
  param SerialNumber readOnly string len=..64
  param ManagementProtocol readOnly string
  param EndpointID readOnly string
