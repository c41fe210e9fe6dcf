model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.USPServices. readOnly
  desc "The USP Services behind this agent's broker."
  param USPServiceNumberOfEntries readOnly unsignedInt
  param TrustNumberOfEntries readOnly unsignedInt

object Device.USPServices.USPService.{i}. readOnly key EndpointID
  param EndpointID readOnly string
  param Protocol readOnly string enum=WebSocket|STOMP|MQTT|UDS
  param DataModelPaths readOnly string list
  param HasController readOnly boolean

object Device.USPServices.Trust.{i}. addDelete key EndpointID!
  desc "What a Service may register; one without a row may register whatever is free, where it runs as our own user."
  param EndpointID readWrite string
  param TargetPaths readWrite string list
