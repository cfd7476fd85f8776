using Exporter.TestKit.Servers;

[assembly: AssemblyFixture(typeof(StoreDatabases.Owner))]
