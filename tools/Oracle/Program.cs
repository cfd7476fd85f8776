using Exporter.Oracle;

return await CommandLine.RunAsync(args);
