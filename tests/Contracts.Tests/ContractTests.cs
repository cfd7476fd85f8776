using Google.Protobuf.Reflection;

namespace Exporter.Contracts;

public sealed class ContractTests
{
    [Fact]
    public void The_contracts_only_grow()
    {
        // Set by protos/accept.sh alone, at a release.
        var accept = Environment.GetEnvironmentVariable("EXPORTER_ACCEPT_CONTRACTS");
        var released = accept is null || File.Exists(Path.Combine(accept, "released.binpb")) ? ContractSet.ReadReleased() : new FileDescriptorSet();
        ContractBreaks.Between(released, ContractSet.Present).ShouldBeEmpty();
        if (accept is not null)
            ContractSet.Accept(accept);
        else
            released.File.Count.ShouldBe(7);
    }

    [Fact]
    public void A_removed_field_message_value_or_method_and_a_changed_type_break()
    {
        var before = ContractSet.Present;
        var after = before.Clone();
        var report = after.File.Single(file => file.Name.EndsWith("report.proto", StringComparison.Ordinal));
        report.MessageType.Single(message => message.Name == "Report").Field.RemoveAt(0);
        report.MessageType.Single(message => message.Name == "Position").Field[0].Type = FieldDescriptorProto.Types.Type.Float;
        report.EnumType.Single(type => type.Name == "CellRadioType").Value.RemoveAt(5);
        var ingest = after.File.Single(file => file.Name.EndsWith("ingest_service.proto", StringComparison.Ordinal));
        ingest.Service[0].Method.RemoveAt(1);
        ingest.MessageType.RemoveAt(0);

        var breaks = ContractBreaks.Between(before, after);
        breaks.Count.ShouldBe(5);
        breaks.ShouldContain("exporter.report.v1.Report.observed_at: removed, but its number 1 and its name are not reserved.");
        breaks.ShouldContain("exporter.report.v1.CellRadioType.CELL_RADIO_TYPE_NR: the value 5 is gone or has another name.");
        breaks.ShouldContain("exporter.ingest.v1.IngestService.StreamReports: gone, or with other messages or streams.");
        breaks.ShouldContain("exporter.ingest.v1.SubmitReportsRequest: the message is gone.");
    }

    [Fact]
    public void New_fields_and_reserved_ones_are_fine()
    {
        var after = ContractSet.Present.Clone();
        var position = after.File[0].MessageType.Single(message => message.Name == "Position");
        var gone = position.Field[0];
        position.Field.RemoveAt(0);
        position.ReservedName.Add(gone.Name);
        position.ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = gone.Number, End = gone.Number + 1 });
        position.Field.Add(new FieldDescriptorProto { Name = "later", Number = 99 });
        ContractBreaks.Between(ContractSet.Present, after).ShouldBeEmpty();
    }
}
