using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Says what a client's certificate tells of it.</summary>
internal static class ClientCertificates
{
    private const string SubjectAlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    public static AuthContext Describe(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>();
        if (certificate is null)
            return new(null, properties);

        string? identity = null;
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
            foreach (var name in extension.EnumerateDnsNames())
                Add(identity = SubjectAlternativeName, name);
        if (certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } common)
        {
            Add(CommonName, common);
            identity ??= CommonName;
        }
        return new(identity, properties);

        void Add(string property, string value)
        {
            if (!properties.TryGetValue(property, out var values))
                properties[property] = values = [];
            values.Add(AuthProperty.Create(property, Encoding.UTF8.GetBytes(value)));
        }
    }
}
