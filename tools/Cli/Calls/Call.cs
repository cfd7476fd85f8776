using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Output;

namespace Exporter.Cli.Calls;

// One run of a command that asks AdminService.
internal sealed record Call(ParseResult Parse, AdminService.AdminServiceClient Admin, Screen Screen, CancellationToken Cancel)
{
    public T? Value<T>(Option<T> option) => Parse.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parse.GetRequiredValue(argument);

    public bool IsGiven(Option option) => Parse.GetResult(option) is { Implicit: false };
}
