import { foldName } from '../sids.js';

/**
 * What Windows calls "Impersonate a client after authentication" in its languages. gpresult's HTML names rights this
 * way and no other. Sources: Microsoft's translated documentation (policy page, NDES, Cluster-Aware Updating, SQL Server).
 */
const displayNames = [
  'Impersonate a client after authentication',
  'Annehmen der Clientidentität nach Authentifizierung',
  '認証後にクライアントを偽装',
  "Emprunter l'identité d'un client après l'authentification",
  'Suplantar a un cliente tras la autenticación',
  'Suplantar un cliente después de la autenticación',
  '身份验证后模拟客户端',
  '在驗證後模擬用戶端',
  '인증 후 클라이언트 가장',
  "Rappresenta un client dopo l'autenticazione",
  'Representar um cliente após autenticação',
  'Personificar um cliente após a autenticação',
  'Een client nabootsen na verificatie',
  'Personifikuj klienta po uwierzytelnieniu',
  'Zosobnit klienta po ověření',
  'Имитация клиента после проверки подлинности',
  'Personifiera en klient efter autentisering',
  'Kimlik doğrulamasından sonra istemcinin özelliklerini al',
];

/** The node "User Rights Assignment" in languages whose name of the right is known above. */
const nodeNames = [
  'User Rights Assignment',
  'Zuweisen von Benutzerrechten',
  'Attribution des droits utilisateur',
  'Asignación de derechos de usuario',
  'ユーザー権利の割り当て',
  '用户权限分配',
  '사용자 권한 할당',
  'Assegnazione diritti utente',
  'Atribuição de Direitos de Usuário',
  'Tilldelning av användarrättigheter',
  'Kullanıcı hakları ataması',
];

const fold = (text: string) => foldName(text.replace(/[’‘`´]/g, "'"));
const names = new Set(displayNames.map(fold));
const nodes = new Set(nodeNames.map(fold));

/** True for the name of the right in any known language, or the constant itself. */
export function isImpersonateName(text: string): boolean {
  const folded = fold(text);
  return names.has(folded) || folded === 'SEIMPERSONATEPRIVILEGE';
}

/** True for the heading "Local Policies/User Rights Assignment" in a known language. */
export function isRightsNode(heading: string): boolean {
  return nodes.has(fold(heading.split('/').pop() ?? ''));
}
