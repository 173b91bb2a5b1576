using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace PinnSweep.Cluster.Wire;

/// <summary>
/// Takes the place of Akka's default JSON serializer (id 1), which builds whatever .NET type the sender names. Nothing of ours uses it,
/// so whatever asks for it is a forgotten row in the wire table or an attack.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <summary>Used when no settings are configured.</summary>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Akka prefers this constructor for an alias that has settings.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) => _ = settings;

    /// <inheritdoc/>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => true;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} has no serializer: PinnSweep writes only what its wire table lists");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("a message in the default JSON format was refused");
}
