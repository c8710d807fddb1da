// The versions of @azure/arm-appcontainers under test; package.json has each under the name arm-appcontainers-<major>.
export const versions = ['3.0.0', '4.0.0'];
