using System.Collections;
using Exporter.Reports.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Clients.Runs;

/// <summary>A report in which every field that the contract has is set.</summary>
internal static class FullReport
{
    public static Report Of(DateTimeOffset observedAt)
    {
        var report = (Report)Filled(Report.Descriptor);
        report.ObservedAt = observedAt.ToTimestamp();
        return report;
    }

    private static IMessage Filled(MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(ValueOf(field));
            else
                field.Accessor.SetValue(message, ValueOf(field));
        }

        return message;
    }

    private static object ValueOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Filled(field.MessageType),
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, 2),
        FieldType.Double => field.FieldNumber + 0.25,
        FieldType.String => $"text {field.FieldNumber}",
        FieldType.Int32 => field.FieldNumber,
        FieldType.SInt64 => -5_000_000_000L - field.FieldNumber,
        FieldType.Int64 => 5_000_000_000L + field.FieldNumber,
        _ => throw new InvalidOperationException($"Field '{field.FullName}' has the type {field.FieldType}, which no report had so far. Give it a value here."),
    };
}
