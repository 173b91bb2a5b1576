using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Remote.Transport;

namespace PinnSweep.Cluster.Security;

/// <summary>The certificates of an actor system's node.</summary>
internal sealed class TlsSetup(NodeTls tls) : Setup
{
    public NodeTls Tls => tls;
}

/// <summary>
/// Has Akka's transport show the node's newest certificate. It takes the certificate of every connection, in and out, from a field of its
/// settings, and has no way to change that; so it is changed here, when the transport is made and is handed to its adapters. This one
/// adapts nothing. CertificateTurnoverTests notices when another version of Akka has no such field.
/// </summary>
internal sealed class CertificateTurnover : ITransportAdapterProvider
{
    /// <summary>Its name in the settings.</summary>
    public const string Name = "pinnsweep-certificates";

    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// What makes a transport call it. Without a blank before the assembly: Akka would take the quotes for a part of the name.
    /// </summary>
    public static string Settings { get; } = $$"""
        akka.remote.dot-netty.tcp.applied-adapters = ["{{Name}}"]
        akka.remote.adapters.{{Name}} = "{{typeof(CertificateTurnover).FullName}},{{typeof(CertificateTurnover).Assembly.GetName().Name}}"
        """;

    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system)
    {
        if (system.Settings.Setup.Get<TlsSetup>() is { HasValue: true } setup)
        {
            var show = Setter(wrappedTransport);
            setup.Value.Tls.Changed += show;
            // Whatever changed since the transport was set up.
            show(setup.Value.Tls.Certificate);
        }

        return wrappedTransport;
    }

    private static Action<X509Certificate2> Setter(Transport transport)
    {
        var settings = transport.GetType().GetProperty("Settings", Members)?.GetValue(transport);
        var ssl = settings?.GetType().GetProperty("Ssl", Members)?.GetValue(settings);
        var field = ssl?.GetType().GetField("Certificate", Members);
        return field?.FieldType == typeof(X509Certificate2)
            ? certificate => field.SetValue(ssl, certificate)
            : throw new NotSupportedException($"{transport.GetType()} keeps its certificate somewhere else in this version of Akka, so it cannot be changed");
    }
}
