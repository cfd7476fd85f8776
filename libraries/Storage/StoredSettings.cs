using System.Text.Json.Serialization;
using Exporter.Delivery.Exports;

namespace Exporter.Storage;

/// <summary>Export settings as JSON, the way they stand in the store.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportSettings))]
internal sealed partial class StoredSettings : JsonSerializerContext;
