using Domain = Exporter.Delivery;
using Wire = Exporter.Admin.V1;

namespace Exporter.Admin.Tests;

public sealed class ContractEnumTests
{
    [Theory]
    [InlineData(typeof(Domain.Exports.ExportKind), typeof(Wire.ExportKind))]
    [InlineData(typeof(Domain.Exports.FullPolicy), typeof(Wire.FullPolicy))]
    [InlineData(typeof(Domain.Exports.ConditionalPut), typeof(Wire.ConditionalPut))]
    [InlineData(typeof(Domain.Objects.ObjectFormat), typeof(Wire.ObjectFormat))]
    [InlineData(typeof(Domain.Objects.ObjectCompression), typeof(Wire.ObjectCompression))]
    [InlineData(typeof(Domain.Objects.GzipLevel), typeof(Wire.CompressionLevel))]
    [InlineData(typeof(Domain.Batches.BatchState), typeof(Wire.BatchState))]
    [InlineData(typeof(Domain.Batches.BatchTrigger), typeof(Wire.BatchTrigger))]
    public void Delivery_and_the_contract_number_their_values_alike(Type domain, Type wire) =>
        NumbersOf(domain).ShouldBe(NumbersOf(wire));

    private static (int Number, string Name)[] NumbersOf(Type values) =>
        [.. Enum.GetValuesAsUnderlyingType(values).Cast<int>().Where(number => number != 0).Order()
            .Select(number => (number, Enum.GetName(values, number)!))];
}
