using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Wire;

/// <summary>Protobuf with short manifests for everything in <see cref="WireTable"/>; no .NET type name is ever written or obeyed.</summary>
internal sealed class SweepSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in every journal row: never to be changed or given to another serializer.</summary>
    public const int Id = 1150;

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => RowOf(o).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        RowOf(obj).Write(obj).ToByteArray() is var bytes && obj is SweepEvent or CoordinatorState ? Seal.Put(bytes) : bytes;

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => WireTable.ByManifest.TryGetValue(manifest, out var row)
        ? row.Read(Seal.IsWhole(bytes) ? bytes : throw new SerializationException($"'{manifest}' has changed since it was written"))
        : throw new SerializationException($"manifest '{manifest}' is not known to this version of PinnSweep");

    private static WireRow RowOf(object value) => WireTable.ByType.TryGetValue(value.GetType(), out var row)
        ? row
        : throw new SerializationException($"{value.GetType().Name} has no row in the wire table");
}
