using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Values;

namespace Exporter.Cli.Exports;

internal sealed class ExportCreation
{
    private readonly Argument<string> _name = new("NAME") { Description = "A label of at most 40 characters." };
    private readonly Option<string> _kind = new("--kind") { Description = "What sort of destination.", Required = true };
    private readonly Option<bool> _disabled = new("--disabled") { Description = "Takes no reports until it is enabled." };
    private readonly Option<bool> _paused = new("--paused") { Description = "Collects, and delivers nothing until it is resumed." };
    private readonly ExportOptions _options = new();

    public Command Command(Shell shell)
    {
        _kind.AcceptOnlyFromAmong(ContractWord<ExportKind>.All);
        return shell.Verb("create", "Adds an export.", [_name, _kind, _disabled, _paused, .. _options.All], RunAsync);
    }

    private async Task<int> RunAsync(Call call)
    {
        var export = new Export
        {
            Name = call.Value(_name),
            Kind = ContractWord<ExportKind>.Parse(call.Value(_kind)!),
            Enabled = !call.Value(_disabled),
            Paused = call.Value(_paused),
            Settings = new ExportSettings(),
        };
        _options.SetOn(export.Settings, call);
        var answer = await call.Admin.CreateExportAsync(new() { Export = export }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            ExportView.Show(call.Screen, answer.Export);
        return Shell.Done;
    }
}
